import "server-only";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { newUserId } from "@/lib/id";
import { emailSchema, type SignUp, type User } from "@/lib/schemas/account";
import { hashPassword, verifyPassword } from "./password";
import { findUserWithPassword, insertUser, selectUser } from "./store";

/**
 * Creates a user with an account of their own. The first one of an installation becomes its administrator, whatever
 * `SIGNUP` says, and takes over the account of the starter key.
 *
 * @throws AppError `conflict` when the e-mail address (without regard to case) has an account already; `forbidden`
 * when sign-up is not open.
 */
export async function createUser({ name, email, password }: SignUp): Promise<User> {
  const passwordHash = await hashPassword(password);
  const user = { id: newUserId(), name, email: emailSchema.parse(email), passwordHash };
  const inserted = await insertUser(user, env().SIGNUP === "open" ? "anyone" : "first-only");
  switch (inserted.kind) {
    case "created":
      return inserted.user;
    case "email_taken":
      throw new AppError("conflict", "There is an account with this e-mail address already.", {
        metadata: { field: "email" },
      });
    case "closed":
      throw new AppError("forbidden", "This installation does not take new sign-ups. Ask its administrator.");
  }
}

/** The user with that e-mail address and password; `null` after equally long work in both other cases. */
export async function findUserByCredentials(email: string, password: string): Promise<User | null> {
  const stored = await findUserWithPassword(email.trim().toLowerCase());
  if (!(await verifyPassword(stored?.passwordHash ?? null, password)) || stored === null) return null;
  const { passwordHash: _, ...user } = stored;
  return user;
}

/** The user with that e-mail address, whatever its case. */
export async function findUserByEmail(email: string): Promise<User | null> {
  const stored = await findUserWithPassword(email.trim().toLowerCase());
  if (stored === null) return null;
  const { passwordHash: _, ...user } = stored;
  return user;
}

export function findUser(id: string): Promise<User | null> {
  return selectUser(id);
}

/** @throws Error when there is no such user. */
export async function getUser(id: string): Promise<User> {
  const user = await findUser(id);
  if (user === null) throw new Error(`no user ${id}`);
  return user;
}

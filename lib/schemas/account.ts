import { z } from "zod";

/** E-mail addresses are compared without case, so they are kept in lower case. */
export const emailSchema = z
  .string("must be an e-mail address")
  .trim()
  .toLowerCase()
  .max(254, "must have at most 254 characters")
  .pipe(z.email("must be an e-mail address"));

export const signUpSchema = z.object({
  name: z
    .string("must be a name")
    .trim()
    .min(1, "must not be empty")
    .max(100, "must have at most 100 characters")
    .regex(/^\P{Cc}*$/u, "must not hold control characters"),
  email: emailSchema,
  password: z
    .string("must be a password")
    .min(8, "must have at least 8 characters")
    .max(256, "must have at most 256 characters"),
});
export type SignUp = z.infer<typeof signUpSchema>;

/** The password's length is not checked against today's rule: it may have been set under another one. */
export const signInSchema = z.object({
  email: emailSchema,
  password: z.string("must be a password").min(1, "must not be empty").max(256, "must have at most 256 characters"),
});
export type SignIn = z.infer<typeof signInSchema>;

/** A person as our own pages see them. */
export const userSchema = z.object({
  id: z.string(),
  accountId: z.string(),
  email: z.string(),
  name: z.string(),
  isAdmin: z.boolean(),
});
export type User = z.infer<typeof userSchema>;

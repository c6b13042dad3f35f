import { expect, test } from "vitest";
import { signInSchema, signUpSchema } from "./account";

const RIGHT = { name: "Ada", email: "ada@example.com", password: "12345678" };

test("names and addresses are tidied, passwords are left as they are", () => {
  expect(signUpSchema.parse({ name: " Ada ", email: " Ada@Example.COM ", password: " 1234567 " })).toEqual({
    name: "Ada",
    email: "ada@example.com",
    password: " 1234567 ",
  });
});

test.each([
  { field: "name", value: "  " },
  { field: "name", value: "x".repeat(101) },
  { field: "email", value: "ada" },
  { field: "email", value: "" },
  { field: "email", value: `${"x".repeat(250)}@example.com` },
  { field: "password", value: "1234567" },
  { field: "password", value: "x".repeat(257) },
  { field: "password", value: undefined },
])("a sign-up with $field $value is refused for it", ({ field, value }) => {
  expect(signUpSchema.safeParse({ ...RIGHT, [field]: value }).error?.issues[0]?.path).toEqual([field]);
});

test("the bounds of a password are allowed", () => {
  for (const length of [8, 256])
    expect(signUpSchema.safeParse({ ...RIGHT, password: "x".repeat(length) }).success).toBe(true);
});

test("signing in does not ask for today's length of passwords", () => {
  expect(signInSchema.safeParse({ email: RIGHT.email, password: "short" }).success).toBe(true);
  expect(signInSchema.safeParse({ email: RIGHT.email, password: "" }).success).toBe(false);
});

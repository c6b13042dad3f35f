import { expect, test } from "vitest";
import { AppError, ERRORS, type ErrorCode, invalidField } from "./errors";

test.each(Object.entries(ERRORS))("%s is reported with its status and type", (code, { status, type }) => {
  // The keys of the table are the codes; Object.entries forgets that.
  const error = new AppError(code as ErrorCode, "no");
  expect([error.status, error.type, error.message]).toEqual([status, type, "no"]);
});

test("an error of another copy of the module is recognised", () => {
  const foreign = Object.assign(new Error("no"), { [Symbol.for("signalbox.AppError")]: true });
  expect(foreign instanceof AppError).toBe(true);
  expect(new Error("no") instanceof AppError).toBe(false);
  expect((null as unknown) instanceof AppError).toBe(false);
});

test("a wrong field is named in the message and in the metadata", () => {
  const error = invalidField("messages[0].content", "is required");
  expect(error.message).toBe("messages[0].content: is required");
  expect(error.metadata).toEqual({ field: "messages[0].content" });
});

test("the private cause is no part of the message", () => {
  expect(new AppError("internal", "no", { cause: new Error("secret") }).message).toBe("no");
});

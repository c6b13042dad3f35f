import { expect, test } from "vitest";
import { DEFAULT_ACCOUNT_SETTINGS } from "@/lib/schemas/account-settings";
import type { Caller } from "@/lib/schemas/caller";
import { requireKey, requireKeyKind } from "./require-key-kind";

const callerWith = (kind: "inference" | "provisioning" | null): Caller => ({
  accountId: "5160a1b0-0000-4000-8000-0000000000aa",
  userId: null,
  key: kind === null ? null : { hash: "h", label: "l", kind, limitNanoUsd: null },
  settings: DEFAULT_ACCOUNT_SETTINGS,
});

test.each([
  { need: "provisioning", kind: "provisioning", admitted: true },
  { need: "provisioning", kind: "inference", admitted: false },
  { need: "provisioning", kind: null, admitted: false },
  { need: "inference", kind: "inference", admitted: true },
  { need: "inference", kind: null, admitted: true },
  { need: "inference", kind: "provisioning", admitted: false },
] as const)("an operation for $need keys admits $kind: $admitted", ({ need, kind, admitted }) => {
  const check = () => requireKeyKind(callerWith(kind), need);

  if (admitted) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ code: "forbidden", status: 403 }));
});

test("an ordinary key that manages keys is told so in the words that clients know", () => {
  expect(() => requireKeyKind(callerWith("inference"), "provisioning")).toThrow(
    "Only management keys can perform this operation",
  );
});

test("an operation on the caller's key needs one, of either kind", () => {
  expect(requireKey(callerWith("inference")).kind).toBe("inference");
  expect(requireKey(callerWith("provisioning")).kind).toBe("provisioning");
  expect(() => requireKey(callerWith(null))).toThrow(expect.objectContaining({ code: "forbidden" }));
});

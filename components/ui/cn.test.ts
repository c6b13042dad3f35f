import { expect, test } from "vitest";
import { cn } from "./cn";

test.each([
  { classes: ["text-muted", "text-dense"], expected: "text-muted text-dense" },
  { classes: ["text-sm", "text-dense"], expected: "text-dense" },
  { classes: ["rounded-control", "rounded-panel"], expected: "rounded-panel" },
  { classes: ["min-h-control", "min-h-control-small"], expected: "min-h-control-small" },
  { classes: ["bg-raised", false, "bg-hover"], expected: "bg-hover" },
])("$classes become $expected", ({ classes, expected }) => expect(cn(...classes)).toBe(expected));

import { expect, test } from "vitest";
import type { ParsedPart } from "@/lib/schemas/file-annotation";
import { annotationOf, renderFile } from "./parsed-file";

const PICTURE = { type: "image_url" as const, image_url: { url: "data:image/png;base64,AA" } };
const PARTS: readonly ParsedPart[] = [{ type: "text", text: "One" }, PICTURE, { type: "text", text: "Two" }];

test("who sees gets the pictures where they stand", () => {
  expect(renderFile({ parts: PARTS }, 'a "plan".pdf', { seesImages: true })).toEqual([
    { type: "text", text: '<file name="a \\"plan\\".pdf">\nOne\n' },
    PICTURE,
    { type: "text", text: "Two\n</file>" },
  ]);
});

test("who does not see gets the words, and a cache mark stays", () => {
  const place = { seesImages: false, cacheControl: { type: "ephemeral" } };
  expect(renderFile({ parts: PARTS }, "plan.pdf", place)).toEqual([
    { type: "text", text: '<file name="plan.pdf">\nOne\nTwo\n</file>', cache_control: { type: "ephemeral" } },
  ]);
});

test("the annotation holds all that was read", () => {
  expect(annotationOf({ hash: "h", parts: PARTS }, "plan.pdf")).toEqual({
    type: "file",
    file: { hash: "h", name: "plan.pdf", content: PARTS },
  });
});

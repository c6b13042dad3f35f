import { expect, test } from "vitest";
import { testSandbox } from "@/lib/sandbox/test-sandbox";
import { dataUrlOf, makePdf } from "@/lib/testing/make-documents";

const sandbox = testSandbox();

async function ocr(document: unknown, key = "Bearer sandbox") {
  const response = await fetch(`${sandbox.running().baseUrl}/mistral/ocr`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: key },
    body: JSON.stringify({ model: "mistral-ocr-latest", document, include_image_base64: true }),
  });
  return { status: response.status, body: await response.json() };
}
const url = (address: string) => ({ type: "document_url", document_url: address });

test.each([false, true])("the words of each page come back in Mistral's form (packed: %s)", async (packed) => {
  const pdf = makePdf(["One (first)\nline", "Two"], { packed });
  expect(await ocr(url(dataUrlOf(pdf)))).toMatchObject({
    status: 200,
    body: {
      model: "mistral-ocr-latest",
      pages: [
        { index: 0, markdown: "One (first)\nline", images: [] },
        { index: 1, markdown: "Two" },
      ],
      usage_info: { pages_processed: 2, doc_size_bytes: pdf.length },
    },
  });
});

test("a page without words is a page", async () => {
  const { body } = await ocr(url(dataUrlOf(makePdf(["", ""]))));
  expect(body).toMatchObject({ usage_info: { pages_processed: 2 } });
});

test("an address is not opened", async () => {
  expect(await ocr(url("https://example.com/plan.pdf"))).toMatchObject({
    body: { pages: [{ markdown: expect.stringContaining("https://example.com/plan.pdf") }] },
  });
});

test.each<[string, unknown, string | undefined, number]>([
  ["what is no PDF", url(dataUrlOf("words")), undefined, 400],
  ["no document", undefined, undefined, 400],
  ["no key", url(dataUrlOf(makePdf(["x"]))), "", 401],
])("%s is refused", async (_name, document, key, status) => {
  expect((await ocr(document, key)).status).toBe(status);
});

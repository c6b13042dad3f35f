import "server-only";
import { log } from "@/lib/log";

/** A file for downloading, sent as fast as it is read. */
export function streamedFile(text: AsyncGenerator<string, void>, name: string, type: string): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await text.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        // The status has gone out: a broken connection is how the reader learns that this is not all.
        log().error({ err: error, name }, "a download broke off");
        controller.error(error);
      }
    },
    async cancel() {
      await text.return();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
}

import { z } from "zod";

/** What the chatroom's browser tools ask our server to fetch for them. */
export const fetchPageRequestSchema = z.strictObject({ url: z.string().min(1).max(4_096) });

export const fetchedPageSchema = z.object({ text: z.string(), isCut: z.boolean() });
export type FetchedPage = z.infer<typeof fetchedPageSchema>;

/** One HTTP request to a tool server of the person's own, which a browser could not make: other sites refuse those. */
export const relayRequestSchema = z.strictObject({
  url: z.string().min(1).max(4_096),
  method: z.enum(["GET", "POST", "DELETE"]),
  headers: z.record(
    z.string().regex(/^[\w-]{1,100}$/),
    z
      .string()
      .max(8_192)
      .regex(/^[^\r\n\0]*$/),
  ),
  body: z.string().max(2_000_000).nullable(),
});
export type RelayRequest = z.infer<typeof relayRequestSchema>;

import { z } from "zod";
import { HEADER_NAME } from "./tool-settings";

/** What the chatroom's browser tools ask our server to fetch for them. */
export const fetchPageRequestSchema = z.strictObject({ url: z.string().min(1).max(4_096) });

export const fetchedPageSchema = z.object({ text: z.string(), isCut: z.boolean() });
export type FetchedPage = z.infer<typeof fetchedPageSchema>;

/** One HTTP request to a tool server of the person's own, which a browser could not make: other sites refuse those. */
export const relayRequestSchema = z.strictObject({
  url: z.string().min(1).max(4_096),
  method: z.enum(["GET", "POST", "DELETE"]),
  headers: z.record(
    z.string().regex(HEADER_NAME),
    z
      .string()
      .max(8_192)
      .regex(/^[^\r\n\0]*$/),
  ),
  body: z.string().max(2_000_000).nullable(),
});
export type RelayRequest = z.infer<typeof relayRequestSchema>;

const textPartSchema = z.object({ text: z.string() });
const filePartSchema = z.object({ mimeType: z.string().optional() });

/** What a tool gives (Model Context Protocol, tool results), as far as a model can be told of it. */
export const toolResultPartSchema = z.union([
  textPartSchema.extend({ type: z.literal("text") }),
  z.object({ type: z.enum(["image", "audio"]), mimeType: z.string() }),
  z.object({ type: z.literal("resource_link"), uri: z.string(), name: z.string().optional() }),
  z.object({ type: z.literal("resource"), resource: textPartSchema }),
  z.object({ type: z.literal("resource"), resource: filePartSchema }),
]);
export type ToolResultPart = z.infer<typeof toolResultPartSchema>;

import { z } from "zod";

// A person's tool servers, and what they have allowed, as their browser keeps them.

/** Of a header: RFC 9110, a token. */
export const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** They say who asks and how the bytes come, which is not the person's to say; cookies are for browsers. */
const NEVER_SENT =
  /^(?:accept-encoding|connection|content-length|content-type|cookie2?|expect|forwarded|host|keep-alive|origin|proxy-.*|referer|sec-.*|te|trailer|transfer-encoding|upgrade|user-agent|via|x-forwarded-.*|x-real-ip)$/;

/** Whether a tool server may be sent a header of this name for a person. */
export function isOwnHeader(name: string): boolean {
  return HEADER_NAME.test(name) && !NEVER_SENT.test(name.toLowerCase());
}

const toolServerSchema = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  /** Sent with every request to it, and kept nowhere else. */
  header: z.object({ name: z.string(), value: z.string() }).nullable(),
  isOn: z.boolean(),
});
export type ToolServer = z.infer<typeof toolServerSchema>;

const toolPermissionSchema = z.object({
  toolId: z.string(),
  /** Where the tool may go, for one that goes where the model says; `null` for one that has its own place. */
  host: z.string().nullable(),
});
export type ToolPermission = z.infer<typeof toolPermissionSchema>;

export const toolSettingsSchema = z.object({
  servers: z.array(toolServerSchema),
  /** What need not be asked any more. What cannot be read is asked again. */
  allowed: z.array(toolPermissionSchema).catch([]),
});
export type ToolSettings = z.infer<typeof toolSettingsSchema>;

/** A tool server as it is typed in: without a name it has its host's, and a bare key is a bearer's. */
export const toolServerFormSchema = z
  .object({
    url: z
      .string()
      .trim()
      .regex(/^https?:\/\/\S+$/i, "must be an http(s) address, such as https://tools.example.com/mcp")
      .refine((url) => URL.canParse(url), "must be an http(s) address, such as https://tools.example.com/mcp"),
    name: z.string().trim().max(40, "must have 40 characters at most"),
    headerName: z
      .string()
      .trim()
      .refine((name) => name === "" || HEADER_NAME.test(name), "must be a header's name, such as X-Api-Key")
      .refine((name) => name === "" || !HEADER_NAME.test(name) || isOwnHeader(name), "cannot be set for a tool server"),
    headerValue: z
      .string()
      .trim()
      .max(8_000, "must have 8,000 characters at most")
      .regex(HEADER_VALUE, "must be letters, digits and signs on one line"),
  })
  .transform(({ url, name, headerName, headerValue }) => ({
    url,
    name: name === "" ? new URL(url).hostname : name,
    header: headerValue === "" ? null : headerOf(headerName === "" ? "Authorization" : headerName, headerValue),
  }));
export type TypedToolServer = z.input<typeof toolServerFormSchema>;

function headerOf(name: string, value: string): { name: string; value: string } {
  const isBareKey = name.toLowerCase() === "authorization" && !/\s/.test(value);
  return { name, value: isBareKey ? `Bearer ${value}` : value };
}

import { z } from "zod";

const parsedPartSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("text"), text: z.string() }),
  z.looseObject({ type: z.literal("image_url"), image_url: z.looseObject({ url: z.string() }) }),
]);
/** A piece of what was read of a file. */
export type ParsedPart = z.infer<typeof parsedPartSchema>;

/** The annotation that holds what was read of a file, so that it need not be read again. */
export const fileAnnotationSchema = z.looseObject({
  type: z.literal("file"),
  file: z.looseObject({
    /** Of the content; hexadecimal. */
    hash: z.string().min(1),
    name: z.string().nullish(),
    content: z.array(parsedPartSchema).min(1),
  }),
});
export type FileAnnotation = z.infer<typeof fileAnnotationSchema>;

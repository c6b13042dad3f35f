import { type AppError, invalidField } from "@/lib/errors";

/** The refusal of a plugin id that this installation does not know; it lists the ones that it does. */
export function unknownPlugin(field: string, id: string, known: Iterable<string>): AppError {
  const list = [...known].join(", ");
  return invalidField(
    field,
    `unknown plugin "${id}"; known plugins: ${list === "" ? "none on this installation" : list}`,
  );
}

/** The same fields but for those that are null, which in a request means that they are absent. */
export function withoutNulls<Fields extends object>(fields: Fields): Fields {
  const copy = { ...fields };
  for (const [name, value] of Object.entries(copy)) {
    if (value === null || value === undefined) Reflect.deleteProperty(copy, name);
  }
  return copy;
}

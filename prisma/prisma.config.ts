import { join } from "node:path";
import { defineConfig } from "prisma/config";

// Only Prisma's own command line reads this file, outside the application and its lib/env.ts. `generate` needs no
// database; `prisma migrate deploy`, where the native engine is at hand, does.
const url = process.env.DATABASE_URL;

export default defineConfig({
  schema: join(import.meta.dirname, "schema.prisma"),
  migrations: { path: join(import.meta.dirname, "migrations") },
  ...(url ? { datasource: { url } } : {}),
});

import type { NextConfig } from "next";

const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), payment=(), usb=()" },
];

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // `npm run check` has checked them; a build on somebody's machine need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Compression holds back streamed chunks; a proxy in front may compress pages.
  compress: false,
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@prisma/schema-engine-wasm",
    "gpt-tokenizer",
    "pg",
    "pino",
    "undici",
  ],
  // The public API is left alone: its two doors must answer byte for byte alike.
  headers: async () => [
    { source: "/((?!api/v1/).*)", headers: SECURITY_HEADERS },
    // Our own pages hold these, and nobody else's; each document sets its own policy.
    { source: "/frames/:path*", headers: [{ key: "X-Frame-Options", value: "SAMEORIGIN" }] },
    {
      source: "/api/:scope(internal|auth)/:path*",
      headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }],
    },
  ],
};

export default config;

import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { SiteHeader } from "@/components/shell/site-header";
import { SkipLink } from "@/components/shell/skip-link";
import { env } from "@/lib/env";
import { findSignedInUser } from "@/lib/identity/session";
import { signOutAction } from "./(auth)/sign-out-action";
import "./globals.css";
import { Providers } from "./providers";

export const metadata: Metadata = {
  title: { default: "Signalbox", template: "%s · Signalbox" },
  description: "One API in front of every language model provider, with a ledger of every dollar. Yours to run.",
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafcfb" },
    { media: "(prefers-color-scheme: dark)", color: "#0d1413" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page carries the nonce of its own request, so none may be rendered ahead of one.
  await connection();
  const user = await findSignedInUser();
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable} antialiased`}>
      <body className="flex min-h-dvh flex-col">
        <SkipLink />
        <Providers>
          <SiteHeader
            user={user === null ? null : { name: user.name, email: user.email }}
            canSignUp={env().SIGNUP === "open"}
            onSignOut={signOutAction}
          />
          {children}
        </Providers>
      </body>
    </html>
  );
}

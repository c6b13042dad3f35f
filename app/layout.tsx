import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { connection } from "next/server";
import { type ReactNode, Suspense } from "react";
import { OfflineNotice } from "@/components/shell/offline-notice";
import { SiteHeader } from "@/components/shell/site-header";
import { SkipLink } from "@/components/shell/skip-link";
import { THEME_COOKIE, themeOf } from "@/components/shell/theme";
import { Money } from "@/components/ui/money";
import { getBalance } from "@/lib/billing/ledger";
import { env } from "@/lib/env";
import { findSignedInUser } from "@/lib/identity/session";
import { usdString } from "@/lib/money";
import { signOutAction } from "./(auth)/sign-out-action";
import { mono, sans } from "./fonts";
import "./globals.css";
import { Providers } from "./providers";

export const metadata: Metadata = {
  title: { default: "Signalbox", template: "%s · Signalbox" },
  description: "One API in front of every language model provider, with a ledger of every dollar. Yours to run.",
};

/** What the browser draws around the page: the tokens' canvas, in its two readings. */
const CANVAS = { light: "#f9fbfa", dark: "#0d1213" } as const;

export async function generateViewport(): Promise<Viewport> {
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  if (theme !== "system") return { colorScheme: theme, themeColor: CANVAS[theme] };
  return {
    colorScheme: "light dark",
    themeColor: [
      { media: "(prefers-color-scheme: light)", color: CANVAS.light },
      { media: "(prefers-color-scheme: dark)", color: CANVAS.dark },
    ],
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every page carries the nonce of its own request, so none may be rendered ahead of one.
  await connection();
  const [user, cookieStore] = await Promise.all([findSignedInUser(), cookies()]);
  const theme = themeOf(cookieStore.get(THEME_COOKIE)?.value);
  return (
    <html
      lang="en"
      className={`${sans.variable} ${mono.variable} font-sans antialiased`}
      data-theme={theme === "system" ? undefined : theme}
    >
      <body className="flex min-h-dvh flex-col">
        <SkipLink />
        <Providers>
          <SiteHeader
            user={user === null ? null : { name: user.name, email: user.email, isAdmin: user.isAdmin }}
            balance={
              user !== null && env().BILLING === "on" ? (
                <Suspense fallback={null}>
                  <Balance accountId={user.accountId} />
                </Suspense>
              ) : null
            }
            canSignUp={env().SIGNUP === "open"}
            theme={theme}
            onSignOut={signOutAction}
          />
          <OfflineNotice hasWorker={env().NODE_ENV === "production"} />
          {children}
        </Providers>
      </body>
    </html>
  );
}

async function Balance({ accountId }: { accountId: string }) {
  const { balanceNanoUsd } = await getBalance(accountId);
  return <Money usd={usdString(balanceNanoUsd)} />;
}

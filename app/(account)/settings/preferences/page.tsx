import type { Metadata } from "next";
import { cookies } from "next/headers";
import { THEME_COOKIE, themeOf } from "@/components/shell/theme";
import { ThemeField } from "@/components/shell/theme-field";
import { Page, Section } from "@/components/ui/page";
import { requireSignedInUser } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Preferences" };

export default async function PreferencesPage() {
  const [user, cookieStore] = await Promise.all([requireSignedInUser("/settings/preferences"), cookies()]);
  return (
    <Page title="Preferences">
      <Section title="Appearance" description="Kept in this browser.">
        <ThemeField theme={themeOf(cookieStore.get(THEME_COOKIE)?.value)} />
      </Section>
      <Section title="Account">
        <p>
          {user.name}, <span className="wrap-anywhere">{user.email}</span>
        </p>
      </Section>
    </Page>
  );
}

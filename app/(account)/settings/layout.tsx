import type { ReactNode } from "react";
import { SettingsNav } from "@/components/shell/settings-nav";
import { requireSignedInUser } from "@/lib/identity/session";

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const user = await requireSignedInUser("/settings/preferences");
  return (
    <div className="mx-auto grid w-full max-w-page flex-1 grid-cols-[minmax(0,1fr)] content-start md:grid-cols-[auto_minmax(0,1fr)]">
      <SettingsNav isAdmin={user.isAdmin} />
      {children}
    </div>
  );
}

import type { Metadata } from "next";
import { ComingLater } from "@/components/shell/coming-later";
import { TextLink } from "@/components/ui/text-link";

export const metadata: Metadata = { title: "Organization" };

export default function OrganizationPage() {
  return (
    <ComingLater title="Organization" will="Members, and keys and credits that they share, will be managed here.">
      <p>
        Give each person an account of their own, or each program a <TextLink href="/settings/keys">key</TextLink> with
        a limit.
      </p>
    </ComingLater>
  );
}

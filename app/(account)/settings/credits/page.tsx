import type { Metadata } from "next";
import { ComingLater } from "@/components/shell/coming-later";
import { TextLink } from "@/components/ui/text-link";

export const metadata: Metadata = { title: "Credits" };

export default function CreditsPage() {
  return (
    <ComingLater title="Credits" will="The ledger of every charge and grant will be listed here.">
      <p>
        The balance stands in the top bar, and what each request cost in your{" "}
        <TextLink href="/activity">activity</TextLink>.
      </p>
    </ComingLater>
  );
}

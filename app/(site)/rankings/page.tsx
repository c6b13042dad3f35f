import type { Metadata } from "next";
import { ComingLater } from "@/components/shell/coming-later";
import { TextLink } from "@/components/ui/text-link";

export const metadata: Metadata = { title: "Rankings" };

export default function RankingsPage() {
  return (
    <ComingLater
      title="Rankings"
      will="Tokens by model, author and app, week by week on this installation, will be drawn here."
    >
      <p>
        What your own account used is in your <TextLink href="/activity">activity</TextLink>.
      </p>
    </ComingLater>
  );
}

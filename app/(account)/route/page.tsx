import type { Metadata } from "next";
import { ComingLater } from "@/components/shell/coming-later";
import { TextLink } from "@/components/ui/text-link";

export const metadata: Metadata = { title: "Dry run" };

export default function DryRunPage() {
  return (
    <ComingLater title="Dry run" will="A request body will be planned here without calling anybody.">
      <p>
        The <TextLink href="/">start page</TextLink> plans a prompt of yours.
      </p>
    </ComingLater>
  );
}

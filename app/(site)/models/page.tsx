import type { Metadata } from "next";
import { ComingLater } from "@/components/shell/coming-later";
import { TextLink } from "@/components/ui/text-link";

export const metadata: Metadata = { title: "Models" };

export default function ModelsPage() {
  return (
    <ComingLater title="Models" will="The whole catalog with its filters will be here.">
      <p>
        The chat's model picker searches it, and <code className="font-mono">GET /api/v1/models</code> lists it.
      </p>
      <p>
        <TextLink href="/chat">Open the chat</TextLink>
      </p>
    </ComingLater>
  );
}

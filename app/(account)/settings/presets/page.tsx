import type { Metadata } from "next";
import { ComingLater } from "@/components/shell/coming-later";

export const metadata: Metadata = { title: "Presets" };

export default function PresetsPage() {
  return (
    <ComingLater title="Presets" will="Named sets of model, prompt and parameters will be managed here.">
      <p>Send the same fields with each request.</p>
    </ComingLater>
  );
}

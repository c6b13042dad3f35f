import { Page } from "@/components/ui/page";
import { ChartSpecimens } from "./chart-specimens";
import { ControlSpecimens } from "./control-specimens";
import { FormSpecimen } from "./form-specimen";
import { OverlaySpecimens } from "./overlay-specimens";
import { StateSpecimens } from "./state-specimens";
import { TableSpecimens } from "./table-specimens";
import { TokenSpecimens } from "./token-specimens";
import { TrackSpecimens } from "./track-specimens";

export function KitPage() {
  return (
    <Page
      title="Component kit"
      description="Every component in every state. What is here is what pages are built from; components/README.md says how."
    >
      <TokenSpecimens />
      <ControlSpecimens />
      <FormSpecimen />
      <OverlaySpecimens />
      <TableSpecimens />
      <StateSpecimens />
      <TrackSpecimens />
      <ChartSpecimens />
    </Page>
  );
}

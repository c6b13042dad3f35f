import { permanentRedirect } from "next/navigation";

/** The address by another name. */
export default function OtherNamePage() {
  permanentRedirect("/settings/integrations");
}

import { permanentRedirect } from "next/navigation";

export default function ProviderIndexPage() {
  permanentRedirect("/providers");
}

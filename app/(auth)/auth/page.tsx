import type { Metadata } from "next";
import { TextLink } from "@/components/ui/text-link";

export const metadata: Metadata = { title: "Authorize an application" };

export default function AuthorizePage() {
  return (
    <>
      <h1 className="font-semibold text-2xl">This application cannot be let in yet</h1>
      <p className="mt-3 text-muted">
        It asks for a key of yours (OAuth PKCE), which this server does not hand out yet. Nothing was given to it.
      </p>
      <p className="mt-3">
        <TextLink href="/settings/keys">Make a key yourself</TextLink> and paste it into the application.
      </p>
    </>
  );
}

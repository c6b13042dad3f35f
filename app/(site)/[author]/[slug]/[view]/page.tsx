import { notFound, redirect } from "next/navigation";
import { findModelPage } from "@/lib/gateway/describe-model";
import { decodedSegment } from "../../../decoded-segment";

/** Views that had addresses of their own elsewhere, and where they are in our page. */
const SECTIONS: Readonly<Record<string, string>> = {
  providers: "providers",
  performance: "providers",
  uptime: "providers",
  api: "api",
  parameters: "parameters",
  apps: "",
  activity: "",
};

type PageProps = { params: Promise<{ author: string; slug: string; view: string }> };

export default async function ModelViewPage({ params }: PageProps) {
  const { author, slug, view } = await params;
  const section = SECTIONS[view];
  const found = findModelPage(decodedSegment(author), decodedSegment(slug));
  if (section === undefined || found === undefined) notFound();
  redirect(section === "" ? `/${found.id}` : `/${found.id}#${section}`);
}

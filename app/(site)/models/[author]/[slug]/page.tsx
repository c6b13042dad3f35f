import { notFound, permanentRedirect } from "next/navigation";
import { findModelPage } from "@/lib/gateway/describe-model";
import { decodedSegment } from "../../../decoded-segment";

type PageProps = { params: Promise<{ author: string; slug: string }> };

/** Where the page of a model was once. */
export default async function OldModelPage({ params }: PageProps) {
  const { author, slug } = await params;
  const found = findModelPage(decodedSegment(author), decodedSegment(slug));
  if (found === undefined) notFound();
  permanentRedirect(`/${found.id}`);
}

import { notFound, redirect } from "next/navigation";
import { listNames } from "@/lib/catalog/list-names";
import { decodedSegment } from "../decoded-segment";

type PageProps = { params: Promise<{ author: string }> };

/** An author's page is the list of the author's models. */
export default async function AuthorPage({ params }: PageProps) {
  const author = decodedSegment((await params).author).toLowerCase();
  if (!listNames().authors.some(([slug]) => slug === author)) notFound();
  redirect(`/models?model_authors=${author}`);
}

import { permanentRedirect } from "next/navigation";

type PageProps = { params: Promise<{ author: string; slug: string }> };

/** Where the page of a model was once. */
export default async function OldModelPage({ params }: PageProps) {
  const { author, slug } = await params;
  permanentRedirect(`/${author}/${slug}`);
}

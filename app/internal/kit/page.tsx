import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { KitPage } from "@/components/kit/kit-page";
import { env } from "@/lib/env";
import { findSignedInUser } from "@/lib/identity/session";

export const metadata: Metadata = { title: "Component kit", robots: { index: false } };

/** Every component in every state, for those who build pages: for administrators, and whoever develops. */
export default async function InternalKitPage() {
  const user = await findSignedInUser();
  if (user?.isAdmin !== true && env().NODE_ENV !== "development") notFound();
  return <KitPage />;
}

import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/auth/sign-in-form";
import { findSignedInUser } from "@/lib/identity/session";
import { nextPath } from "../next-path";
import { signInAction } from "./sign-in-action";

export const metadata: Metadata = { title: "Sign in" };

type PageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: PageProps) {
  const next = nextPath((await searchParams).next);
  if ((await findSignedInUser()) !== null) redirect(next);
  return (
    <>
      <h1 className="font-semibold text-2xl">Sign in</h1>
      <p className="mt-2 mb-8 text-muted text-sm">
        New here?{" "}
        <Link
          href={next === "/chat" ? "/sign-up" : `/sign-up?next=${encodeURIComponent(next)}`}
          className="text-signal underline underline-offset-4"
        >
          Create an account
        </Link>
      </p>
      <SignInForm action={signInAction} next={next} />
    </>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { SignUpForm } from "@/components/auth/sign-up-form";
import { findSignedInUser } from "@/lib/identity/session";
import { nextPath } from "../next-path";
import { signUpAction } from "./sign-up-action";

export const metadata: Metadata = { title: "Sign up" };

type PageProps = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignUpPage({ searchParams }: PageProps) {
  // Whoever is new is shown the first steps, unless they were on their way somewhere.
  const next = nextPath((await searchParams).next, "/welcome");
  if ((await findSignedInUser()) !== null) redirect(next);
  return (
    <>
      <h1 className="font-semibold text-2xl">Create an account</h1>
      <p className="mt-2 mb-8 text-muted text-sm">
        Have one already?{" "}
        <Link
          href={next === "/welcome" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`}
          className="text-signal underline underline-offset-4"
        >
          Sign in
        </Link>
      </p>
      <SignUpForm action={signUpAction} next={next} />
    </>
  );
}

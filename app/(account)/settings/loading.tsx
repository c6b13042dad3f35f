import { PageSkeleton } from "@/components/ui/page-skeleton";

/** Below the side bar, which stays where it is on the way from one setting to the next. */
export default function Loading() {
  return <PageSkeleton />;
}

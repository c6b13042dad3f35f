import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <main id="main" tabIndex={-1} className="mx-auto flex w-full max-w-3xl flex-1 flex-col px-gutter pb-5 outline-none">
      <h1 className="sr-only">Chat</h1>
      <p role="status" className="sr-only">
        Loading the chat
      </p>
      <div className="grid flex-1 content-center gap-4">
        <Skeleton className="h-7 w-72 max-w-full" />
        <Skeleton className="w-96 max-w-full" />
      </div>
      <Skeleton className="h-28 rounded-panel" />
    </main>
  );
}

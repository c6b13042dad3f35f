"use client";

import { useEffect, useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** Says when the connection is gone. `hasWorker`: also keeps the page that is shown when one is opened without it. */
export function OfflineNotice({ hasWorker }: { hasWorker: boolean }) {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );

  useEffect(() => {
    // Browsers offer it only over https and on this machine; where one refuses, its own page says that it is offline.
    if (!hasWorker || navigator.serviceWorker === undefined) return;
    navigator.serviceWorker.register("/offline-worker.js").catch(() => {});
  }, [hasWorker]);

  return (
    <div role="status" className="sticky top-header z-20">
      {!isOnline && (
        <p className="border-b bg-caution-wash px-gutter py-1.5 text-center text-dense">
          You are offline. What you see may be old; nothing can be sent.
        </p>
      )}
    </div>
  );
}

/** IndexedDB as it is: what the store is built on, and what the popup's first questions are asked of. */

/** The learner's database as it is; `undefined` when there is none yet. None is made by asking. */
export function openExisting(name: string): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    // Only a database that was not there is upgraded by an open without a version.
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => {
      // The background may be changing its form just now; then this page holds nothing open in its way.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = (event) => {
      event.preventDefault();
      resolve(undefined);
    };
  });
}

export function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

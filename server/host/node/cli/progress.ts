/** A counter on standard error once a scan has taken two seconds; only on a terminal. */
export function terminalProgress(): (done: number, total: number) => void {
  if (process.stderr.isTTY !== true) return () => {};
  const start = Date.now();
  let shown = 0;
  return (done, total) => {
    const now = Date.now();
    if (done === total && shown > 0) process.stderr.write('\r\u001b[K');
    else if (now - start > 2000 && now - shown > 100) {
      shown = now;
      process.stderr.write(`\rscanning ${done} of ${total} files`);
    }
  };
}

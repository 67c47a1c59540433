// How far a word is from another, for the search (search/engine.js) and for practice (practice/compare.js): both take a
// word that was misspelt for the one that was meant.
{
  /** Letters to add, drop, change or swap with their neighbour until `a` is `b`; Infinity where more than `most`. */
  function distance(a, b, most) {
    let leastBefore = 0, before = [], last = Array.from({ length: b.length + 1 }, (_, at) => at);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
        if (row[j] < least) least = row[j];
      }
      if (least > most && leastBefore > most) return Infinity;
      leastBefore = least;
      [before, last] = [last, row];
    }
    return last[b.length];
  }

  globalThis.editDistance = distance;
}

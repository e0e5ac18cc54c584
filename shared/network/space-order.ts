/** Cells of the order; things in one cell keep their own order. */
const CELL_M = 32
/** The local frame's origin lies in the middle of 65,536 cells each way: some 1,000 km to every side. */
const MIDDLE_CELL = 32_768

/**
 * Indices in an order in which neighbours in plan mostly follow each other (Z-order over fixed cells), so that what walks a
 * network reads memory in one place, whatever order its file has. The order of two things does not depend on the others.
 * @param xAt With `yAt`: where thing i is, local frame, metres.
 */
export function inSpaceOrder(count: number, xAt: (i: number) => number, yAt: (i: number) => number): Uint32Array {
  const keys = new Uint32Array(count)
  for (let i = 0; i < count; i++) keys[i] = (spread(cell(xAt(i))) | (spread(cell(yAt(i))) << 1)) >>> 0
  // Two stable passes of a radix sort.
  let order = Uint32Array.from({ length: count }, (_, i) => i)
  for (const shift of [0, 16]) {
    const start = new Uint32Array(65_537)
    for (let k = 0; k < count; k++) start[((keys[k]! >>> shift) & 0xffff) + 1]!++
    for (let b = 0; b < 65_536; b++) start[b + 1]! += start[b]!
    const next = new Uint32Array(count)
    for (let k = 0; k < count; k++) next[start[(keys[order[k]!]! >>> shift) & 0xffff]!++] = order[k]!
    order = next
  }
  return order
}

const cell = (m: number): number => Math.min(65_535, Math.max(0, MIDDLE_CELL + Math.floor((Number.isNaN(m) ? 0 : m) / CELL_M)))

/** The bits of a number of 16 bits, every second bit free. */
function spread(value: number): number {
  let bits = value
  bits = (bits | (bits << 8)) & 0x00ff00ff
  bits = (bits | (bits << 4)) & 0x0f0f0f0f
  bits = (bits | (bits << 2)) & 0x33333333
  return (bits | (bits << 1)) & 0x55555555
}

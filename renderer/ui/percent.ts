/** A share as per cent with one decimal, rounded down: what is not whole never reads as whole. */
export const percent = (share: number): string => `${(Math.floor(share * 1000) / 10).toFixed(1)} %`

import { percent } from '../../ui/percent.ts'

/** A share as a bar and in figures. */
export const Score = ({ share }: { readonly share: number }) => (
  <span className="score"><span className="score__bar"><span style={{ width: `${100 * share}%` }} /></span>{percent(share)}</span>
)

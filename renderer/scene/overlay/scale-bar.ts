const WIDEST_PX = 140

/** The longest 1-2-5 length that fits, with its text. @param metresPerPx At the middle of the picture. */
export function scaleBar(metresPerPx: number): { readonly lengthM: number; readonly widthPx: number; readonly label: string } {
  const most = metresPerPx * WIDEST_PX
  const decade = 10 ** Math.floor(Math.log10(most))
  const lengthM = [5, 2, 1].map(step => step * decade).find(length => length <= most) ?? decade
  const decimals = Math.max(0, -Math.floor(Math.log10(lengthM)))
  return { lengthM, widthPx: Math.round(lengthM / metresPerPx), label: lengthM >= 1000 ? `${lengthM / 1000} km` : `${lengthM.toFixed(decimals)} m` }
}

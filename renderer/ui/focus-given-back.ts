let isNow = false

/** For what closes: the focus that goes back to where it came from is nobody's wish to be told about that place. */
export function giveFocusBack(): void {
  isNow = true
  setTimeout(() => {
    isNow = false
  })
}

export const isFocusGivenBack = (): boolean => isNow

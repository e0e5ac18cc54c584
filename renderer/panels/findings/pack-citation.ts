/** How a pack is cited in a line: the standard's number where its title starts with one (`GB 50289-2016`), else the title. */
export const packCitation = (title: string): string => /^[A-Z]+(?:\/[A-Z]+)?\s?\d+(?:\.\d+)?[-–]\d{4}/.exec(title)?.[0] ?? title

// Light and dark: as the device has it, until somebody chooses.
import { draw } from "./state.js";

export const themeNow = () =>
  document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

export function switchTheme() {
  const theme = themeNow() === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
  draw();
}

/** What the example plugin logs and must not be seen. Apart from it, since importing the plugin would start it. */
export const SECRET = "correct horse/battery+staple";

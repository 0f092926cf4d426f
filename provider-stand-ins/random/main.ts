/** The stand-in for the plugin `random`, as a program. */
import { main } from "../protocol/main";
import { randomProvider } from "./provider";

main(randomProvider());

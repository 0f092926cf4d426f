/** The stand-in for the plugin `docker`, as a program. */
import { main } from "../protocol/main";
import { dockerProvider } from "./provider";

main(dockerProvider());

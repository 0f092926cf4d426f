/** The stand-in for the plugin `kubernetes`, as a program. */
import { main } from "../protocol/main";
import { kubernetesProvider } from "./provider";

main(kubernetesProvider());

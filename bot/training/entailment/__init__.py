"""How the network that judges statements is taught: public pairs, and pairs made of real sentences by rule."""

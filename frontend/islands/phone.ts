// What a member's own telephone needs to borrow: the public pages' islands, the camera, and the form it fills.
import "./index";
import "./camera-scan";
import "./phone-borrow";
